package dev.allim.urlpattern.url;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebUrlTest {
  private static Optional<WebUrl> parse(String text, String base) {
    return WebUrl.parse(text, WebUrl.parse(base, Optional.empty()));
  }

  /** All parts, written one behind the other. */
  private static String written(WebUrl url) {
    return url.scheme()
        + " "
        + url.username()
        + (url.password().isEmpty() ? "" : ":" + url.password())
        + "@"
        + url.host().orElse("-")
        + ":"
        + url.port()
        + " "
        + url.path()
        + url.query().map(query -> " ?" + query).orElse("")
        + url.fragment().map(fragment -> " #" + fragment).orElse("")
        + ";";
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "HTTP://EXAMPLE.com:80/a/./b/../c?q#f, http @example.com: /a/c ?q #f;",
        "https://example.com, https @example.com: /;",
        "https://example.com:8443/%41b c?'#`, https @example.com:8443 /%41b%20c ?%27 #%60;",
        "https:example.com, https @example.com: /;",
        "https:\\\\example.com\\a, https @example.com: /a;",
        "https:////example.com//a, https @example.com: //a;",
        "https://u@v:p@x.com/, https u%40v:p@x.com: /;",
        "foo://Bar/é?'#f, foo @Bar: /%C3%A9 ?' #f;",
        "foo://bar, foo @bar: ;",
        "foo:///a, foo @: /a;",
        "foo:/a/../../b, foo @-: /b;",
        "urn:a:b c #f, urn @-: a:b c%20 #f;",
        "data:x?y, data @-: x ?y;",
        "http://0x7f.1/, http @127.0.0.1: /;",
        "http://017700000001/, http @127.0.0.1: /;",
        "http://1.2.3/, http @1.2.0.3: /;",
        "http://[2001:DB8:0:0:1:0:0:1]/, http @[2001:db8::1:0:0:1]: /;",
        "http://[::ffff:1.2.3.4]/, http @[::ffff:102:304]: /;",
        "http://[0:0:0:0:0:0:0:0]/, http @[::]: /;",
        "http://ex%41mple.com/, http @example.com: /;",
        "http://bücher.example/, http @xn--bcher-kva.example: /;",
        "http://a。b/, http @a.b: /;",
        "\"  http://a.com/\tb \", http @a.com: /b;",
        "file:///C|/a/../../b, file @: /C:/b;",
        "file://localhost/a, file @: /a;",
        "file://host/a, file @host: /a;",
        "file:a, file @: /a;",
        "ws://a:080/, ws @a: /;",
      })
  void readsWhatBrowsersRead(String text, String expected) {
    assertThat(WebUrl.parse(text, Optional.empty()).map(WebUrlTest::written)).contains(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "b, https://x.com/a/c?q#f, https @x.com: /a/b;",
    "'', https://x.com/a/c?q#f, https @x.com: /a/c ?q;",
    "?r, https://x.com/a/c?q, https @x.com: /a/c ?r;",
    "#g, https://x.com/a/c?q, https @x.com: /a/c ?q #g;",
    "../../b/, https://u:p@x.com:81/a/c/d, https u:p@x.com:81 /b/;",
    "//y.com/z, https://x.com/a, https @y.com: /z;",
    "\\\\y.com/z, https://x.com/a, https @y.com: /z;",
    "/z, foo://x/a, foo @x: /z;",
    "//z, foo://x/a, foo @z: ;",
    "https:z, https://x.com/a/b, https @x.com: /a/z;",
    "http:z, https://x.com/a/b, http @z: /;",
    "#g, urn:a:b, urn @-: a:b #g;",
    "/b, file:///C:/a, file @: /C:/b;",
    "b, file:///C:/a, file @: /C:/b;",
    "D:/b, file:///C:/a, d @-: /b;",
    "/D:/b, file:///C:/a, file @: /D:/b;",
    "//h/b, file:///C:/a, file @h: /b;",
    "?q, file:///C:/a, file @: /C:/a ?q;",
    "%2e%2E/b, https://x.com/a/c/d, https @x.com: /a/b;",
  })
  void readsRelativeToAnother(String text, String base, String expected) {
    assertThat(parse(text, base).map(WebUrlTest::written)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "//x",
        ":a",
        "1a:b",
        "http://",
        "http://:80",
        "http://a:b",
        "http://a:65536",
        "http://a:8x",
        "http://u@/",
        "foo://u@/",
        "foo://:80/",
        "http://[::1",
        "http://[1]",
        "http://[:::1]",
        "http://[1::2::3]",
        "http://[::1.2.3]",
        "http://[::01.2.3.4]",
        "http://[1:2:3:4:5:6:7::8:9]",
        "http://[12345::]",
        "http://[g::]",
        "http://a b/",
        "http://a<b",
        "http://%/",
        "http://a^b",
        "http://1.2.3.4.5/",
        "http://1.256.3.4/",
        "http://4294967296/",
        "http://256.1./",
        "foo://a b/",
        "foo://a:b/",
        "http://\u00AD/",
        "http://09/",
        "file://a:80/"
      })
  void isNoUrl(String text) {
    assertThat(WebUrl.parse(text, Optional.empty())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "/a", "?a", "", "#"})
  void nothingIsRelativeToAnOpaquePathButAFragment(String text) {
    assertThat(parse(text, "urn:a:b").isPresent()).isEqualTo(text.equals("#"));
  }
}
