package dev.allim;

import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What holds for the whole of the main code, each rule with its reason. */
class ArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.allim");

  private static final Pattern PUBLIC_TYPE =
      Pattern.compile("^public [^;=]*\\b(class|interface|record|enum|@interface) ");

  private static String[] in(String... names) {
    return Stream.of(names).map(name -> "dev.allim." + name + "..").toArray(String[]::new);
  }

  // ---- what must stay where it is; who may use whom is in PackagesTest

  @Test
  void domainStandsOnTheJdkAlone() {
    classes()
        .that()
        .resideInAnyPackage(in("text", "urlpattern", "topic", "notification"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "dev.allim.text..",
            "dev.allim.urlpattern..",
            "dev.allim.topic..",
            "dev.allim.notification..")
        .because("the domain must outlive every framework and be tested without one")
        .check(MAIN);
  }

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("dev.allim.(**)")
        .should()
        .beFreeOfCycles()
        .because("a package that needs its users cannot be read, tested or replaced alone")
        .check(MAIN);
  }

  @Test
  void engineIsFreeOfHttpAndConnections() {
    noClasses()
        .that()
        .resideInAnyPackage(in("text", "urlpattern", "topic", "notification", "log", "hub"))
        .and()
        .resideOutsideOfPackages(in("log.redis"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.vertx..", "io.netty.channel..", "io.netty.handler..", "jakarta.ws..")
        .because("HTTP versions differ, and only sse and api should have to know")
        .check(MAIN);
  }

  @Test
  void oneEngineKnowsRedis() {
    noClasses()
        .that()
        .resideOutsideOfPackages(in("log.redis", "runtime"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx.redis..", "io.quarkus.redis..", "dev.allim.log.redis..")
        .because("it is one engine among others, behind the log's interface")
        .check(MAIN);
    noClasses()
        .that()
        .resideInAnyPackage(in("log.redis"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.vertx.core.http..", "io.vertx.core.net..", "io.netty..", "jakarta.ws..")
        .because("it asks a server by the client's words, and opens no connections by itself")
        .check(MAIN);
  }

  @Test
  void internalsOfVertxAndNettyStayWhereTheyAreMended() {
    noClasses()
        .that()
        .resideOutsideOfPackages(in("wire", "runtime"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx.core..impl..", "io.netty.channel..", "io.netty.handler..")
        .because("they change without notice, and one package is enough to mend then")
        .check(MAIN);
  }

  // ---- how it is written

  @Test
  void timeComesInThroughTheConstructor() {
    noClasses()
        .that()
        .resideInAnyPackage(in("text", "urlpattern", "topic", "notification", "log", "hub"))
        .should()
        .callMethodWhere(are(reading("the time", "nanoTime", "currentTimeMillis", "now")))
        .because("tests hold the clock in their hands")
        .check(MAIN);
  }

  private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaMethodCall> reading(
      String what, String... methods) {
    return DescribedPredicate.describe(
        "reading " + what,
        call ->
            List.of(methods).contains(call.getName())
                && call.getTargetOwner().getPackageName().startsWith("java.")
                && call.getTarget().getRawParameterTypes().isEmpty());
  }

  @Test
  void nothingSleeps() {
    noClasses()
        .should()
        .callMethodWhere(
            are(
                DescribedPredicate.describe(
                    "sleeping",
                    call ->
                        call.getName().equals("sleep")
                            && call.getTargetOwner().isEquivalentTo(Thread.class))))
        .because("a thread that sleeps on an event loop stops a thousand streams")
        .check(MAIN);
  }

  @Test
  void hubTakesNoLocks() {
    noMethods()
        .that()
        .areDeclaredInClassesThat()
        .resideInAnyPackage(in("hub"))
        .should()
        .haveModifier(SYNCHRONIZED)
        .because("state belongs to one loop; whoever waits for a lock there delays everybody")
        .check(MAIN);
  }

  @Test
  void domainIsImmutable() {
    fields()
        .that()
        .areDeclaredInClassesThat()
        .resideInAnyPackage(in("text", "topic", "notification"))
        .should()
        .beFinal()
        .because("a notification is shared by all lanes without a lock")
        .check(MAIN);
  }

  @Test
  void fieldsAreNobodyElsesBusiness() {
    fields()
        .that()
        .areNotStatic()
        .should()
        .notBePublic()
        .because("who changes a field should be found in one file")
        .check(MAIN);
  }

  @Test
  void logsGoToTheLog() {
    noClasses()
        .should(ACCESS_STANDARD_STREAMS)
        .because("operators choose format and level")
        .check(MAIN);
    noClasses()
        .should(USE_JAVA_UTIL_LOGGING)
        .because("JBoss Logging is what Quarkus tunes")
        .check(MAIN);
  }

  @Test
  void namesSayWhatAThingIs() {
    noClasses()
        .should()
        .haveNameMatching(".*(Manager|Helper|Helpers|Util|Utils|Impl)")
        .because("such a name says that nobody knew what the class is for")
        .check(MAIN);
  }

  @Test
  void exceptionsAreUncheckedAndFinal() {
    classes()
        .that()
        .areAssignableTo(Throwable.class)
        .and()
        .doNotHaveSimpleName("CommitFailedException")
        .should()
        .beAssignableTo(RuntimeException.class)
        .andShould()
        .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
        .andShould()
        .haveSimpleNameEndingWith("Exception")
        .because("they are a closed set, mapped to answers in one place")
        .check(MAIN);
  }

  /** JDBC's own tasks throw it, and it has to pass through them. */
  @Test
  void theOneCheckedExceptionNeverLeavesItsPackage() {
    classes()
        .that()
        .haveSimpleName("CommitFailedException")
        .should()
        .bePackagePrivate()
        .andShould()
        .beAssignableTo(java.sql.SQLException.class)
        .because("whoever uses the log hears of it as LogUnavailableException")
        .check(MAIN);
  }

  @Test
  void everyPackageIsNullMarkedAndExplained() {
    for (JavaClass one : MAIN) {
      JavaPackage home = one.getPackage();
      assertThat(home.tryGetAnnotationOfType(NullMarked.class))
          .as("@NullMarked on %s, because our own code knows no null", home.getName())
          .isPresent();
    }
  }

  @Test
  void everyPublicTypePromisesSomething() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      List<Path> silent =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(ArchitectureTest::isPublicWithoutJavadoc)
              .toList();
      assertThat(silent).as("public types without Javadoc, which callers rely on").isEmpty();
    }
  }

  private static boolean isPublicWithoutJavadoc(Path file) {
    try {
      boolean documented = false;
      for (String line : Files.readAllLines(file)) {
        documented |= line.startsWith("/**");
        if (PUBLIC_TYPE.matcher(line).find()) {
          return !documented;
        }
      }
      return false;
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }
}
