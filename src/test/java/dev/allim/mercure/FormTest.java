package dev.allim.mercure;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allim.text.InvalidFieldException;
import java.net.URLEncoder;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** Forms of anybody. */
class FormTest {
  private static Form form(String text) {
    return Form.of(text.getBytes(ISO_8859_1), name -> true);
  }

  @Test
  void line15AFormIsReadAsTheStandardSays() {
    Form form = form("&&a=b+c&a=%2B&d&e=1=2;3&%61=100%&f=%zz%C3%A9&g=%4");

    assertThat(form.all("a")).containsExactly("b c", "+", "100%");
    assertThat(form.all("d")).containsExactly("");
    assertThat(form.all("e")).containsExactly("1=2;3");
    assertThat(form.all("f")).containsExactly("%zzé");
    assertThat(form.all("g")).containsExactly("%4");
    assertThat(form.names()).containsExactly("a", "a", "d", "e", "a", "f", "g");
  }

  @Test
  void line69WhatNobodyAsksForMayBeAnything() {
    assertThat(form("a=x&b=%FF").all("a")).containsExactly("x");
    assertThatThrownBy(() -> form("a=%FF").all("a")).isInstanceOf(InvalidFieldException.class);
  }

  /** Lone halves of surrogate pairs are no text. */
  @Property
  void whatIsEncodedIsRead(@ForAll @Size(max = 20) List<@StringLength(max = 40) String> values) {
    List<String> texts =
        values.stream().map(value -> new String(value.getBytes(UTF_8), UTF_8)).toList();
    StringBuilder body = new StringBuilder();
    texts.forEach(text -> body.append("&v=").append(URLEncoder.encode(text, UTF_8)));

    assertThat(form(body.toString()).all("v")).isEqualTo(texts);
  }

  @Property
  void anythingIsAForm(@ForAll @Chars({'&', '=', '%', '+', 'a', '4', '\u00ff'}) String hostile) {
    Form form = form(hostile);

    for (String name : form.names()) {
      try {
        assertThat(form.all(name)).isNotEmpty();
      } catch (InvalidFieldException notUtf8) {
        assertThat(hostile).containsAnyOf("%", "\u00ff");
      }
    }
  }

  @Property
  void bytesAreAForm(@ForAll byte[] hostile) {
    assertThat(Form.of(hostile, name -> true).names()).hasSizeLessThanOrEqualTo(hostile.length);
  }
}
