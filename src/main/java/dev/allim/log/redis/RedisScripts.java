package dev.allim.log.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The scripts of one log. Any thread. */
final class RedisScripts {
  private static final String DIRECTORY = "META-INF/allim/redis/";

  private final String key;
  private final Map<RedisScript, Text> texts = new EnumMap<>(RedisScript.class);

  private record Text(String lua, String sha) {}

  /** To whom a request is sent. */
  @FunctionalInterface
  interface Line {
    CompletionStage<Response> send(Request request);
  }

  /** Of the log whose stream has this key. */
  RedisScripts(String key) {
    this.key = key;
    for (RedisScript script : RedisScript.values()) {
      StringBuilder lua = new StringBuilder();
      script.parts().forEach(part -> lua.append(read(part)));
      texts.put(script, new Text(lua.toString(), sha1(lua.toString())));
    }
  }

  private static String read(String part) {
    String name = DIRECTORY + part + ".lua";
    try (InputStream file = RedisScripts.class.getClassLoader().getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException(name + " is missing in the program");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String sha1(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-1", impossible);
    }
  }

  /** Has it run; a server that does not know it yet is given its text. */
  CompletableFuture<Response> run(Line line, RedisScript script, Object... arguments) {
    Text text = text(script);
    return line.send(request(Command.EVALSHA, text.sha(), arguments))
        .handle(
            (answer, failure) ->
                failure instanceof ErrorType error && error.is("NOSCRIPT")
                    ? line.send(request(Command.EVAL, text.lua(), arguments))
                    : done(answer, failure))
        .thenCompose(Function.identity())
        .toCompletableFuture();
  }

  private static CompletionStage<Response> done(Response answer, Throwable failure) {
    return failure == null
        ? CompletableFuture.completedFuture(answer)
        : CompletableFuture.failedFuture(failure);
  }

  private Text text(RedisScript script) {
    Text text = texts.get(script);
    if (text == null) {
      throw new IllegalStateException("no text for " + script);
    }
    return text;
  }

  private Request request(Command command, String script, Object... arguments) {
    Request request = Request.cmd(command).arg(script).arg(1).arg(key);
    for (Object argument : arguments) {
      request.arg(argument.toString());
    }
    return request;
  }
}
