package dev.allim.ops;

import java.lang.reflect.Proxy;

/**
 * POSIX signals. The JDK has no other door to them than {@code sun.misc.Signal}, which is exported
 * for good (JEP 260) and yet cannot be named without a warning that nothing silences; hence by
 * reflection, for which META-INF/native-image prepares a native executable.
 */
final class Signals {
  private Signals() {}

  /**
   * Runs {@code action} on a new thread each time the signal comes, instead of what the VM does.
   *
   * @param signal its name without SIG
   */
  static void on(String signal, Runnable action) {
    try {
      Class<?> type = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      type.getMethod("handle", type, handler)
          .invoke(null, type.getConstructor(String.class).newInstance(signal), calling(action));
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("This VM has no signals", impossible);
    }
  }

  private static Object calling(Runnable action) throws ClassNotFoundException {
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    return Proxy.newProxyInstance(
        Signals.class.getClassLoader(),
        new Class<?>[] {handler},
        (proxy, method, arguments) -> answer(proxy, method.getName(), arguments, action));
  }

  private static Object answer(Object proxy, String method, Object[] arguments, Runnable action) {
    return switch (method) {
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      case "toString" -> "a signal handler of Allim";
      default -> {
        action.run();
        yield Void.TYPE;
      }
    };
  }
}
