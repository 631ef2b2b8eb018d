package dev.allim.kubernetes;

import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.NamedRuleWithOperations;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.Validation;
import java.util.List;
import java.util.Map;

/**
 * A policy as the API server applies it: the rules, then the conditions, then the validations. An
 * expression that fails is a failure of the test, whatever {@code failurePolicy} says: the server
 * would deny for it, or let everything pass.
 */
record AdmissionPolicy(ValidatingAdmissionPolicy policy) {
  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("object", SimpleType.DYN)
          .addVar("request", SimpleType.DYN)
          .build();
  private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder().build();

  /**
   * What the server knows of a request. It leaves {@code subResource} out where there is none.
   *
   * @param operation such as CREATE
   * @param resource such as deployments or deployments/scale
   * @param kind of the object
   * @param name of the object
   * @param object as it would be
   */
  record Request(
      String operation, String resource, String kind, String name, Map<String, Object> object) {
    private Map<String, Object> variables() {
      return Map.of(
          "object",
          object,
          "request",
          Map.of("kind", Map.of("kind", kind), "name", name, "operation", operation));
    }
  }

  /** Why it is denied; empty if it is not. */
  List<String> denials(Request request) {
    boolean asked =
        rules().stream().anyMatch(rule -> matches(rule, request))
            && policy.getSpec().getMatchConditions().stream()
                .allMatch(condition -> holds(condition.getExpression(), request));
    return asked
        ? policy.getSpec().getValidations().stream()
            .filter(validation -> !holds(validation.getExpression(), request))
            .map(Validation::getMessage)
            .toList()
        : List.of();
  }

  private List<NamedRuleWithOperations> rules() {
    return policy.getSpec().getMatchConstraints().getResourceRules();
  }

  private static boolean matches(NamedRuleWithOperations rule, Request request) {
    return rule.getOperations().contains(request.operation())
        && rule.getResources().contains(request.resource())
        && (rule.getResourceNames().isEmpty() || rule.getResourceNames().contains(request.name()));
  }

  private static boolean holds(String expression, Request request) {
    try {
      return (boolean)
          RUNTIME.createProgram(COMPILER.compile(expression).getAst()).eval(request.variables());
    } catch (CelValidationException | CelEvaluationException fault) {
      throw new AssertionError(expression, fault);
    }
  }
}
