package io.integrationapi.store;

import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticTableSchema;

/** Names the attributes of an item, one line each. */
final class Attributes<T> {
  private final StaticTableSchema.Builder<T> schema;

  Attributes(StaticTableSchema.Builder<T> schema) {
    this.schema = schema;
  }

  Attributes<T> string(String name, Getter<T, String> getter, Setter<T, String> setter) {
    return add(String.class, name, getter, setter);
  }

  Attributes<T> bool(String name, Getter<T, Boolean> getter, Setter<T, Boolean> setter) {
    return add(Boolean.class, name, getter, setter);
  }

  Attributes<T> number(String name, Getter<T, Integer> getter, Setter<T, Integer> setter) {
    return add(Integer.class, name, getter, setter);
  }

  Attributes<T> seconds(String name, Getter<T, Long> getter, Setter<T, Long> setter) {
    return add(Long.class, name, getter, setter);
  }

  TableSchema<T> build() {
    return schema.build();
  }

  /** Like {@link Function}, but may answer null: the item has no such attribute. */
  interface Getter<T, V> {
    @Nullable V of(T item);
  }

  /** Like {@link BiConsumer}, but may be given null. */
  interface Setter<T, V> {
    void set(T item, @Nullable V value);
  }

  private <V> Attributes<T> add(
      Class<V> type, String name, Getter<T, V> getter, Setter<T, V> setter) {
    schema.addAttribute(
        type, attribute -> attribute.name(name).getter(getter::of).setter(setter::set));
    return this;
  }
}
