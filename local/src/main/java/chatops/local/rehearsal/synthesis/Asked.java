package chatops.local.rehearsal.synthesis;

import chatops.engine.action.builtin.ResourceKind;
import chatops.engine.cloud.ApiRequest;
import chatops.local.rehearsal.reading.Form;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A call that needs an answer.
 *
 * @param form what is read of the answer
 * @param selection what a selection of targets asks for; empty for all other tasks
 * @param references values of {@code {{ … }}} where the call is made
 * @param fits whether an answer is what the caller waits for
 */
public record Asked(
    ApiRequest request,
    Form form,
    Optional<ResourceKind> selection,
    Function<String, JsonNode> references,
    Predicate<JsonNode> fits) {}
