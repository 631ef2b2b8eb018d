/** The manifests of {@code src/main/kustomize}, read as the Kubernetes API would read them. */
@NullMarked
package dev.allim.kubernetes;

import org.jspecify.annotations.NullMarked;
