package dev.allim.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.allim.security.AccessRules;
import dev.allim.text.InvalidFieldException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Reads whether something is private, and refuses what nobody could ever be granted to see. */
@ApplicationScoped
class Privacy {
  /** Its name, wherever it is said. */
  static final String FIELD = "private";

  private final AccessRules rules;

  Privacy(AccessRules rules) {
    this.rules = rules;
  }

  /** As a parameter or an attribute says. */
  boolean of(Optional<String> text) {
    return possible(text.map(Privacy::flag).orElse(false));
  }

  /** As a field of this object says. */
  boolean of(JsonNode node) {
    JsonNode value = node.get(FIELD);
    if (value != null && !value.isBoolean()) {
      throw new InvalidFieldException(FIELD, "private must be true or false");
    }
    return possible(value != null && value.booleanValue());
  }

  private static boolean flag(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new InvalidFieldException(FIELD, "private must be 'true' or 'false'");
    }
    return text.equals("true");
  }

  private boolean possible(boolean isPrivate) {
    if (isPrivate && !rules.knowsGrants()) {
      throw new InvalidFieldException(
          FIELD,
          "without a key in allim.auth nobody can be granted to see what is private: configure one,"
              + " or leave this out");
    }
    return isPrivate;
  }
}
