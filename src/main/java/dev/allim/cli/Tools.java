package dev.allim.cli;

import dev.allim.cli.client.CommandFailedException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command line of the program. */
public final class Tools {
  private Tools() {}

  /**
   * Carries out what was typed, on the calling thread.
   *
   * @param serve starts the hub and returns when it has ended
   * @return the exit code: 0 done, 1 failed, 2 not understood, 3 refused by the hub
   */
  public static int run(Runnable serve, String... arguments) {
    return commandLine(serve)
        .setOut(utf8(FileDescriptor.out))
        .setErr(utf8(FileDescriptor.err))
        .execute(arguments);
  }

  static CommandLine commandLine(Runnable serve) {
    return new CommandLine(new AllimCommand())
        .addSubcommand("serve", new ServeCommand(serve))
        .addSubcommand("pub", new PubCommand())
        .addSubcommand("sub", new SubCommand())
        .addSubcommand("token", new TokenCommand())
        .addSubcommand("doctor", new DoctorCommand())
        .addSubcommand("completion", new CompletionCommand())
        .setExecutionExceptionHandler(Tools::explain);
  }

  /** What is published is UTF-8, whatever the terminal of whoever started the program says. */
  private static PrintWriter utf8(FileDescriptor stream) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8), true);
  }

  /** What was typed cannot be: ends with 2 and the usage. */
  static ParameterException misused(CommandSpec spec, String why) {
    return new ParameterException(spec.commandLine(), why);
  }

  /** A stack is of no use to whoever typed a command; one of a mistake of ours goes on. */
  private static int explain(Exception failure, CommandLine command, ParseResult parsed)
      throws Exception {
    if (failure instanceof CommandFailedException expected) {
      command.getErr().println(command.getCommandName() + ": " + expected.getMessage());
      return expected.exitCode();
    }
    throw failure;
  }
}
