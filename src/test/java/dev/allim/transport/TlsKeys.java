package dev.allim.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate of its own for a hub under test, and what trusts it. */
final class TlsKeys {
  static final String PASSWORD = "changeit";

  private TlsKeys() {}

  static Path make(Path directory) throws IOException, InterruptedException {
    Path keys = directory.resolve("keys.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    String arguments =
        "-genkeypair -alias hub -keyalg EC -dname CN=localhost -storetype PKCS12 -storepass "
            + PASSWORD
            + " -keystore "
            + keys;
    Process process =
        new ProcessBuilder((keytool + " " + arguments).split(" ")).inheritIO().start();
    assertThat(process.waitFor()).isZero();
    return keys;
  }

  static SSLContext trusting(Path keys) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("hub", store.getCertificate("hub"));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
