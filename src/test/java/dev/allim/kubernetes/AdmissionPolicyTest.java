package dev.allim.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.allim.kubernetes.AdmissionPolicy.Request;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code allim-one-replica} refuses, and that it leaves everybody else's Deployments alone.
 */
class AdmissionPolicyTest {
  /** The language of the expressions knows integers of 64 bits only. */
  private static final ObjectMapper NUMBERS =
      new YAMLMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);

  private final Manifests manifests;
  private final AdmissionPolicy policy;

  AdmissionPolicyTest() throws IOException {
    manifests = Manifests.read(KubernetesTest.SINGLE);
    policy = new AdmissionPolicy(manifests.the(ValidatingAdmissionPolicy.class));
  }

  private Deployment hub() {
    return manifests.the(Deployment.class);
  }

  private List<String> write(String operation, Deployment deployment) {
    Map<String, Object> object =
        NUMBERS.convertValue(deployment, new TypeReference<Map<String, Object>>() {});
    return policy.denials(
        new Request(
            operation, "deployments", "Deployment", deployment.getMetadata().getName(), object));
  }

  private List<String> scale(String name, long replicas) {
    return policy.denials(
        new Request(
            "UPDATE",
            "deployments/scale",
            "Scale",
            name,
            Map.of("metadata", Map.of("name", name), "spec", Map.of("replicas", replicas))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CREATE", "UPDATE"})
  void theHubAsItIsPasses(String operation) {
    assertThat(write(operation, hub())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CREATE", "UPDATE"})
  void aSecondReplicaIsRefusedWithTheReason(String operation) {
    Deployment two = hub().edit().editSpec().withReplicas(2).endSpec().build();

    assertThat(write(operation, two)).singleElement().asString().contains("as one replica: a");
  }

  @Test
  void aHubThatLeavesTheNumberToTheDefaultPasses() {
    assertThat(write("CREATE", hub().edit().editSpec().withReplicas(null).endSpec().build()))
        .isEmpty();
  }

  @Test
  void aSecondReplicaByScalingIsRefusedToo() {
    assertThat(scale("allim", 2)).singleElement().asString().contains("as one replica: a");
    assertThat(scale("allim", 1)).isEmpty();
    assertThat(scale("allim", 0)).isEmpty();
  }

  @Test
  void anUpdateThatAddsBeforeItRemovesIsRefused() {
    Deployment rolling =
        hub()
            .edit()
            .editSpec()
            .editStrategy()
            .withType("RollingUpdate")
            .endStrategy()
            .endSpec()
            .build();

    assertThat(write("UPDATE", rolling)).singleElement().asString().contains("strategy Recreate");
  }

  @Test
  void everybodyElseDoesAsTheyLike() {
    Deployment unlabelled =
        hub()
            .edit()
            .editSpec()
            .withReplicas(9)
            .endSpec()
            .editMetadata()
            .withName("other")
            .withLabels(null)
            .endMetadata()
            .build();
    Deployment shared =
        hub()
            .edit()
            .editSpec()
            .withReplicas(9)
            .endSpec()
            .editMetadata()
            .addToLabels("allim.dev/history", "shared")
            .endMetadata()
            .build();

    assertThat(write("CREATE", unlabelled)).isEmpty();
    assertThat(write("UPDATE", unlabelled)).isEmpty();
    assertThat(write("CREATE", shared)).isEmpty();
    assertThat(scale("other", 9)).isEmpty();
  }

  @Test
  void aFaultInItStopsNobody() {
    assertThat(policy.policy().getSpec().getFailurePolicy()).isEqualTo("Ignore");
  }
}
