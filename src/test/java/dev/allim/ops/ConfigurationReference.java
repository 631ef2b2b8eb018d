package dev.allim.ops;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Writes the reference of all settings from the sources: the keys, types and defaults of the
 * configuration mappings, and their Javadoc, which says why.
 */
final class ConfigurationReference {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final String HEAD =
      """
      # Configuration

      Every setting of Allim. Each may be given as a system property (`-Dkey=value`), in
      `config/application.properties` beside the program, or as an environment variable. A setting that does not exist is
      warned of at the start, with the nearest that does; a value that cannot work ends the start with a message that names its
      key. What Quarkus itself can be told (`quarkus.http.port`, …) is in its own reference.

      Durations are written `500ms`, `10s`, `5m`, `1h` or as ISO 8601; sizes as bytes or `64K`, `16M`, `1G`.

      This page is written from the sources; see ConfigurationReferenceTest.
      """;

  private final Map<String, Setting> settings = new TreeMap<>();
  private final Map<String, List<String>> enums = new HashMap<>();
  private final DocTrees docs;

  /** One setting. */
  private record Setting(String key, String type, Optional<String> standard, String why) {
    String row() {
      String otherwise = standard.map(value -> "`" + value + "`").orElse("none");
      return "| `%s`<br>`%s` | %s | %s | %s |"
          .formatted(key, UnknownKeys.variable(key.replace("*", "0")), type, otherwise, why);
    }
  }

  private ConfigurationReference(DocTrees docs) {
    this.docs = docs;
  }

  /** Reads the sources. */
  static ConfigurationReference read() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> sources = Files.walk(SOURCES)) {
      List<Path> all = sources.filter(file -> file.toString().endsWith(".java")).sorted().toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(all));
      ConfigurationReference reference = new ConfigurationReference(DocTrees.instance(task));
      List<CompilationUnitTree> units = new ArrayList<>();
      task.parse().forEach(units::add);
      units.forEach(unit -> reference.new Enums().scan(unit, null));
      units.forEach(unit -> reference.new Mappings().scan(unit, null));
      return reference;
    }
  }

  /** The page for people. */
  String markdown() {
    String rows = settings.values().stream().map(Setting::row).collect(Collectors.joining("\n"));
    return HEAD
        + "\n| Key and variable | Type | Default | What and why |\n|---|---|---|---|\n"
        + rows
        + "\n";
  }

  /** The keys for the program. */
  String keys() {
    return String.join("\n", settings.keySet()) + "\n";
  }

  private final class Enums extends TreePathScanner<Void, Void> {
    @Override
    public Void visitClass(ClassTree type, Void nothing) {
      if (type.getKind() == Tree.Kind.ENUM) {
        enums.put(
            type.getSimpleName().toString(),
            type.getMembers().stream()
                .filter(member -> member instanceof VariableTree)
                .map(member -> (VariableTree) member)
                .filter(
                    member -> member.getType().toString().equals(type.getSimpleName().toString()))
                .map(
                    member ->
                        member.getName().toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList());
      }
      return super.visitClass(type, nothing);
    }
  }

  private final class Mappings extends TreePathScanner<Void, Void> {
    @Override
    public Void visitClass(ClassTree type, Void nothing) {
      annotation(type.getModifiers().getAnnotations(), "ConfigMapping", "prefix")
          .ifPresent(prefix -> mapping(type, getCurrentPath(), prefix));
      return super.visitClass(type, nothing);
    }

    @Override
    public Void visitVariable(VariableTree variable, Void nothing) {
      List<? extends AnnotationTree> annotations = variable.getModifiers().getAnnotations();
      annotation(annotations, "ConfigProperty", "name")
          .filter(name -> name.startsWith("allim."))
          .ifPresent(
              name ->
                  settings.putIfAbsent(
                      name,
                      new Setting(
                          name,
                          type(variable.getType().toString()),
                          annotation(annotations, "ConfigProperty", "defaultValue"),
                          "Read by %s."
                              .formatted(
                                  getCurrentPath()
                                      .getCompilationUnit()
                                      .getSourceFile()
                                      .getName()
                                      .replaceAll(".*/|\\.java$", "")))));
      return super.visitVariable(variable, nothing);
    }

    private void mapping(ClassTree type, TreePath path, String prefix) {
      for (Tree member : type.getMembers()) {
        if (member instanceof MethodTree method && method.getBody() == null) {
          List<? extends AnnotationTree> annotations = method.getModifiers().getAnnotations();
          String name =
              annotation(annotations, "WithName", "value")
                  .orElseGet(() -> kebab(method.getName().toString()));
          String key = has(annotations, "WithParentName") ? prefix : prefix + "." + name;
          setting(type, path, method, key);
        }
      }
    }

    private void setting(ClassTree owner, TreePath path, MethodTree method, String key) {
      String returns = method.getReturnType().toString();
      boolean named = returns.startsWith("Map<");
      boolean many = returns.startsWith("List<") && nested(owner, inner(returns)).isPresent();
      String target = named || returns.startsWith("Optional") || many ? inner(returns) : returns;
      String full = named ? key + ".*" : many ? key + "[*]" : key;
      Optional<ClassTree> nested = nested(owner, target);
      if (nested.isPresent()) {
        mapping(nested.get(), new TreePath(path, nested.get()), full);
      } else {
        settings.put(
            full,
            new Setting(
                full,
                type(target),
                annotation(method.getModifiers().getAnnotations(), "WithDefault", "value"),
                prose(docs.getDocComment(new TreePath(path, method)))));
      }
    }

    private Optional<ClassTree> nested(ClassTree owner, String name) {
      return owner.getMembers().stream()
          .filter(member -> member.getKind() == Tree.Kind.INTERFACE)
          .map(member -> (ClassTree) member)
          .filter(member -> member.getSimpleName().contentEquals(name))
          .findFirst();
    }
  }

  private static String inner(String generic) {
    if (generic.equals("OptionalInt") || generic.equals("OptionalLong")) {
      return "int";
    }
    String arguments = generic.substring(generic.indexOf('<') + 1, generic.lastIndexOf('>'));
    return arguments.substring(arguments.indexOf(',') + 1).strip();
  }

  private String type(String type) {
    return switch (type) {
      case "int", "long", "Integer", "Long" -> "number";
      case "double", "Double" -> "number, may be a fraction";
      case "boolean", "Boolean" -> "`true` or `false`";
      case "Duration" -> "duration";
      case "MemorySize" -> "size";
      case "String" -> "text";
      case "Path" -> "path";
      default ->
          Optional.ofNullable(enums.get(type))
              .map(values -> values.stream().collect(Collectors.joining("`, `", "`", "`")))
              .orElse(type.replace("<", " of ").replace(">", ""));
    };
  }

  private static String prose(String javadoc) {
    if (javadoc == null) {
      return "";
    }
    return javadoc
        .replaceAll("(?s)\n\\s*@(return|param|see).*", "")
        .replaceAll("\\{@(?:code|link|linkplain|literal)\\s+([^}]*)}", "`$1`")
        .replaceAll("</?[a-z]+>", "")
        .replaceAll("\\s+", " ")
        .replace("|", "\\|")
        .strip();
  }

  private static String kebab(String camel) {
    return camel.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  private static boolean has(List<? extends AnnotationTree> annotations, String name) {
    return annotations.stream().anyMatch(one -> one.getAnnotationType().toString().equals(name));
  }

  private static Optional<String> annotation(
      List<? extends AnnotationTree> annotations, String name, String member) {
    return annotations.stream()
        .filter(one -> one.getAnnotationType().toString().equals(name))
        .flatMap(one -> one.getArguments().stream())
        .flatMap(argument -> literal(argument, member).stream())
        .findFirst();
  }

  private static Optional<String> literal(ExpressionTree argument, String member) {
    if (argument instanceof AssignmentTree assignment
        && assignment.getVariable().toString().equals(member)
        && assignment.getExpression() instanceof LiteralTree value) {
      return Optional.of(value.getValue().toString());
    }
    return argument instanceof LiteralTree value && member.equals("value")
        ? Optional.of(value.getValue().toString())
        : Optional.empty();
  }
}
