package dev.allim.cli;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Which release this is, as its jar says. */
@RegisterForReflection
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version =
        Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
            .orElse("of an unknown version");
    return new String[] {"allim " + version};
  }
}
