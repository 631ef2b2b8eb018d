/**
 * Names of what is published, and who asks for which of them: {@link dev.allim.topic.Topic}, the
 * three kinds of {@link dev.allim.topic.TopicMatcher}, and {@link dev.allim.topic.TopicFilter},
 * which, with its {@link dev.allim.topic.Audience}, is the one place that decides whether a
 * subscriber may see a notification. Everything else that narrows candidates, such as an index or a
 * query, only proposes.
 */
@NullMarked
package dev.allim.topic;

import org.jspecify.annotations.NullMarked;
