package dev.allim.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator relies on in the manifests. */
class KubernetesTest {
  static final Path SINGLE = Path.of("src/main/kustomize/allim.yaml");
  private static final Path GOLDEN = Path.of("src/test/resources/kustomize");
  static final Path SCALED = GOLDEN.resolve("scaled.yaml");
  private static final Path INGRESS = GOLDEN.resolve("ingress.yaml");
  private static final Path GATEWAY = GOLDEN.resolve("gateway.yaml");

  /** What publishes that are under way and the history's last transaction may take. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  static Stream<Path> everyRendering() {
    return Stream.of(SINGLE, INGRESS, GATEWAY, SCALED);
  }

  @ParameterizedTest
  @MethodSource("everyRendering")
  void theApiKnowsEveryFieldOfEveryObject(Path file) {
    assertThatCode(() -> Manifests.read(file)).doesNotThrowAnyException();
  }

  @Test
  void aMisspelledFieldWouldBeNoticed(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("misspelled.yaml");
    Files.writeString(
        file, Files.readString(SINGLE).replace("readOnlyRootFilesystem", "readOnlyRootFileSystem"));

    assertThatThrownBy(() -> Manifests.read(file)).hasMessageContaining("readOnlyRootFileSystem");
  }

  @ParameterizedTest
  @MethodSource("everyRendering")
  void theGracePeriodIsLongerThanTheDrain(Path file) throws IOException {
    Manifests manifests = Manifests.read(file);
    PodSpec pod = pod(manifests);
    Map<String, String> config = manifests.the(ConfigMap.class, "allim").getData();

    Duration drain =
        Duration.ofSeconds(hub(pod).getLifecycle().getPreStop().getSleep().getSeconds())
            .plus(duration(config.get("ALLIM_DRAIN_WINDOW")))
            .plus(duration(config.get("ALLIM_DRAIN_DELAY")))
            .plus(MARGIN);

    assertThat(Duration.ofSeconds(pod.getTerminationGracePeriodSeconds()))
        .isGreaterThanOrEqualTo(drain);
  }

  @ParameterizedTest
  @MethodSource("everyRendering")
  void theThreeProbesAskThreeQuestions(Path file) throws IOException {
    Container hub = hub(pod(Manifests.read(file)));

    assertThat(List.of(hub.getStartupProbe(), hub.getReadinessProbe(), hub.getLivenessProbe()))
        .extracting(probe -> probe.getHttpGet().getPath())
        .containsExactly("/q/health/started", "/q/health/ready", "/q/health/live");
  }

  @Test
  void aPodIsTakenOutOfServiceLongBeforeItIsRestarted() throws IOException {
    Container hub = hub(pod(Manifests.read(SINGLE)));

    assertThat(patience(hub.getReadinessProbe()).multipliedBy(5))
        .isLessThan(patience(hub.getLivenessProbe()));
  }

  @ParameterizedTest
  @MethodSource("everyRendering")
  void everyPodIsRestricted(Path file) throws IOException {
    for (Deployment deployment : Manifests.read(file).all(Deployment.class)) {
      PodSpec pod = deployment.getSpec().getTemplate().getSpec();
      Container container = pod.getContainers().get(0);

      assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
      assertThat(pod.getSecurityContext().getSeccompProfile().getType())
          .isEqualTo("RuntimeDefault");
      assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsOnly("ALL");
      assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
      assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
      assertThat(container.getResources().getLimits()).containsKey("memory");
      assertThat(container.getVolumeMounts())
          .anyMatch(mount -> mount.getMountPath().equals("/tmp"));
    }
  }

  @ParameterizedTest
  @MethodSource("everyRendering")
  void selectorsFindThePodsTheyMean(Path file) throws IOException {
    Manifests manifests = Manifests.read(file);
    for (Deployment deployment : manifests.all(Deployment.class)) {
      String name = deployment.getMetadata().getName();
      Map<String, String> labels = deployment.getSpec().getTemplate().getMetadata().getLabels();

      assertThat(labels).containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels());
      assertThat(labels)
          .containsAllEntriesOf(manifests.the(Service.class, name).getSpec().getSelector());
    }
    assertThat(labels(manifests))
        .containsAllEntriesOf(
            manifests.the(PodDisruptionBudget.class).getSpec().getSelector().getMatchLabels());
    assertThat(manifests.all(ServiceMonitor.class))
        .allSatisfy(
            monitor ->
                assertThat(manifests.the(Service.class, "allim").getMetadata().getLabels())
                    .containsAllEntriesOf(monitor.getSpec().getSelector().getMatchLabels()));
  }

  @ParameterizedTest
  @MethodSource("everyRendering")
  void servicesLeadToPortsThatExist(Path file) throws IOException {
    Manifests manifests = Manifests.read(file);

    for (Deployment deployment : manifests.all(Deployment.class)) {
      Container container = deployment.getSpec().getTemplate().getSpec().getContainers().get(0);
      Service service = manifests.the(Service.class, deployment.getMetadata().getName());

      assertThat(service.getSpec().getPorts().get(0).getTargetPort().getStrVal())
          .isEqualTo(container.getPorts().get(0).getName());
    }
  }

  @Test
  void theEmbeddedHistoryHasOneWriterAtATime() throws IOException {
    Manifests manifests = Manifests.read(SINGLE);
    Deployment deployment = manifests.the(Deployment.class);

    assertThat(deployment.getSpec().getReplicas()).isEqualTo(1);
    assertThat(deployment.getSpec().getStrategy().getType()).isEqualTo("Recreate");
    assertThat(manifests.the(PersistentVolumeClaim.class).getSpec().getAccessModes())
        .containsExactly("ReadWriteOnce");
  }

  @Test
  void aSharedHistoryAddsBeforeItRemovesAndScalesByStreams() throws IOException {
    Manifests manifests = Manifests.read(SCALED);
    Deployment deployment = manifests.the(Deployment.class);

    assertThat(
            deployment.getSpec().getStrategy().getRollingUpdate().getMaxUnavailable().getIntVal())
        .isZero();
    assertThat(deployment.getSpec().getReplicas()).isNull();
    assertThat(manifests.all(PersistentVolumeClaim.class)).isEmpty();
    assertThat(
            manifests
                .the(HorizontalPodAutoscaler.class)
                .getSpec()
                .getMetrics()
                .get(0)
                .getPods()
                .getMetric()
                .getName())
        .isEqualTo("allim_streams_open");
  }

  @Test
  void theIngressNeitherBuffersNorCutsNorAnswersABrowserWithAnError() throws IOException {
    Ingress ingress = Manifests.read(INGRESS).the(Ingress.class, "allim");

    assertThat(ingress.getMetadata().getAnnotations())
        .containsEntry("nginx.ingress.kubernetes.io/proxy-buffering", "off")
        .containsEntry("nginx.ingress.kubernetes.io/proxy-read-timeout", "60")
        .containsEntry("nginx.ingress.kubernetes.io/default-backend", "allim-away")
        .containsEntry("nginx.ingress.kubernetes.io/custom-http-errors", "502,504");
  }

  @Test
  void theRouteLetsAStreamLastForEver() throws IOException {
    HTTPRoute route = Manifests.read(GATEWAY).the(HTTPRoute.class);

    assertThat(route.getSpec().getRules())
        .filteredOn(rule -> rule.getMatches().get(0).getPath().getValue().equals("/events"))
        .singleElement()
        .satisfies(rule -> assertThat(rule.getTimeouts().getRequest()).isEqualTo("0s"));
  }

  private static PodSpec pod(Manifests manifests) {
    return manifests.the(Deployment.class, "allim").getSpec().getTemplate().getSpec();
  }

  private static Map<String, String> labels(Manifests manifests) {
    return manifests
        .the(Deployment.class, "allim")
        .getSpec()
        .getTemplate()
        .getMetadata()
        .getLabels();
  }

  private static Container hub(PodSpec pod) {
    return pod.getContainers().get(0);
  }

  private static Duration patience(Probe probe) {
    return Duration.ofSeconds((long) probe.getPeriodSeconds() * probe.getFailureThreshold());
  }

  private static Duration duration(String seconds) {
    return Duration.parse("PT" + seconds);
  }
}
