package dev.allim.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the build generates for development, next to {@code src/main/kustomize}. */
class GeneratedManifestsIT {
  @Test
  void theHistoryHasOneWriterThereToo() throws IOException {
    Deployment deployment =
        Manifests.read(Path.of("target/kubernetes/kubernetes.yml")).the(Deployment.class);

    assertThat(deployment.getSpec().getReplicas()).isEqualTo(1);
    assertThat(deployment.getSpec().getStrategy().getType()).isEqualTo("Recreate");
  }
}
