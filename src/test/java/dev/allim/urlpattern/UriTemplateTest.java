package dev.allim.urlpattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriTemplateTest {
  /** Each template of RFC 6570, section 3.2, with what it expands to there. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "{count} one,two,three",
        "{count*} one,two,three",
        "{/count} /one,two,three",
        "{/count*} /one/two/three",
        "{;count} ;count=one,two,three",
        "{;count*} ;count=one;count=two;count=three",
        "{?count} ?count=one,two,three",
        "{?count*} ?count=one&count=two&count=three",
        "{&count*} &count=one&count=two&count=three",
        "{var} value",
        "{hello} Hello%20World%21",
        "{half} 50%25",
        "O{empty}X OX",
        "O{undef}X OX",
        "{x,y} 1024,768",
        "{x,hello,y} 1024,Hello%20World%21,768",
        "?{x,empty} ?1024,",
        "?{x,undef} ?1024",
        "?{undef,y} ?768",
        "{var:3} val",
        "{var:30} value",
        "{list} red,green,blue",
        "{list*} red,green,blue",
        "{keys} semi,%3B,dot,.,comma,%2C",
        "{keys*} semi=%3B,dot=.,comma=%2C",
        "{+var} value",
        "{+hello} Hello%20World!",
        "{+half} 50%25",
        "{base}index http%3A%2F%2Fexample.com%2Fhome%2Findex",
        "{+base}index http://example.com/home/index",
        "O{+empty}X OX",
        "{+path}/here /foo/bar/here",
        "here?ref={+path} here?ref=/foo/bar",
        "up{+path}{var}/here up/foo/barvalue/here",
        "{+x,hello,y} 1024,Hello%20World!,768",
        "{+path,x}/here /foo/bar,1024/here",
        "{+path:6}/here /foo/b/here",
        "{+list} red,green,blue",
        "{+keys} semi,;,dot,.,comma,,",
        "{+keys*} semi=;,dot=.,comma=,",
        "{#var} #value",
        "{#hello} #Hello%20World!",
        "foo{#empty} foo#",
        "foo{#undef} foo",
        "{#x,hello,y} #1024,Hello%20World!,768",
        "{#path,x}/here #/foo/bar,1024/here",
        "{#keys*} #semi=;,dot=.,comma=,",
        "{.who} .fred",
        "{.who,who} .fred.fred",
        "{.half,who} .50%25.fred",
        "www{.dom*} www.example.com",
        "X{.val} X.value",
        "X{.empty} X.",
        "X{.undef} X",
        "X{.list*} X.red.green.blue",
        "X{.keys*} X.semi=%3B.dot=..comma=%2C",
        "{/who} /fred",
        "{/who,who} /fred/fred",
        "{/half,who} /50%25/fred",
        "{/var,empty} /value/",
        "{/var,x}/here /value/1024/here",
        "{/list*,path:4} /red/green/blue/%2Ffoo",
        "{/keys*} /semi=%3B/dot=./comma=%2C",
        "{;who} ;who=fred",
        "{;empty} ;empty",
        "{;v,empty,who} ;v=6;empty;who=fred",
        "{;v,bar,who} ;v=6;who=fred",
        "{;x,y} ;x=1024;y=768",
        "{;keys*} ;semi=%3B;dot=.;comma=%2C",
        "{?who} ?who=fred",
        "{?x,y} ?x=1024&y=768",
        "{?x,y,empty} ?x=1024&y=768&empty=",
        "{?x,y,undef} ?x=1024&y=768",
        "{?keys*} ?semi=%3B&dot=.&comma=%2C",
        "{&who} &who=fred",
        "{&x,y,empty} &x=1024&y=768&empty=",
        "?fixed=yes{&x} ?fixed=yes&x=1024",
      })
  void matchesWhatItExpandsTo(String template, String expansion) {
    assertThat(UriTemplate.compile(template).matches(expansion)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.com/books/{id}, https://example.com/books/1, true",
    "https://example.com/books/{id}, https://example.com/books/, true",
    "https://example.com/books/{id}, https://example.com/books/1/2, false",
    "https://example.com/books/{id}, xhttps://example.com/books/1, false",
    "https://example.com/users/foo/{?topic}, "
        + "https://example.com/users/foo/?topic=https%3A%2F%2Fexample.com%2Fbooks%2F1, true",
    "/.well-known/mercure/subscriptions{/topic}{/subscriber}, "
        + "/.well-known/mercure/subscriptions/https%3A%2F%2Fexample.com/urn%3Auuid%3A1, true",
    "/.well-known/mercure/subscriptions{/topic}{/subscriber}, "
        + "/.well-known/mercure/subscriptions, true",
    "/.well-known/mercure/subscriptions{/topic}{/subscriber}, "
        + "/.well-known/mercure/subscriptions/a/b/c, false",
    "{a}, é, false",
    "{a}, %, false",
    "{a}, %2, false",
    "{a}, a b, false",
    "{+a}, é, false",
    "é/{a}, é/1, true",
    "{?a}, ?a=1&b=2, false",
    "'{?a,b}', ?a=1&b=2, true",
    "'{?a,b}', ?a=1&b=2&c=3, false",
    "{/a}, /1/2, false",
    "'{/a,b}', /1/2, true",
    "{a}, a=b, false",
    "{?a}, a=b, false",
    "a%20b/{c}, a%20b/1, true",
  })
  void matchesTheWholeOrNothing(String template, String text, boolean matches) {
    assertThat(UriTemplate.compile(template).matches(text)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{invalid", "a}", "{}", "{+}", "{a,}", "{,a}", "{!a}", "{=a}", "{a b}", "{a:0}",
            "{a:12345}",
        "{a**}", "{a.}", "{.}", "{{a}}", "{a-b}", "{é}", "a b{c}", "%{a}", "%4{a}", "<{a}>", "{%4}"
      })
  void refusesWhatIsMalformedAndSaysWhere(String text) {
    assertThatThrownBy(() -> UriTemplate.compile(text))
        .isInstanceOf(UrlPatternSyntaxException.class)
        .hasMessageContaining("the template is malformed at index");
  }

  @Test
  void isEqualWhenWrittenAlike() {
    assertThat(UriTemplate.compile("a/{b}"))
        .isEqualTo(UriTemplate.compile("a/{b}"))
        .hasSameHashCodeAs(UriTemplate.compile("a/{b}"))
        .isNotEqualTo(UriTemplate.compile("a/{c}"))
        .hasToString("a/{b}");
  }
}
