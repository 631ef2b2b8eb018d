package dev.allim.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Teaches a shell the commands and their options. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Print a completion script for bash and zsh.",
    footer = {"", "For this shell: source <(allim completion)"})
final class CompletionCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli, before anything is run
  private CommandSpec spec;

  @Override
  public void run() {
    String script = AutoComplete.bash("allim", spec.root().commandLine());
    spec.commandLine().getOut().print(script);
    spec.commandLine().getOut().flush();
  }
}
