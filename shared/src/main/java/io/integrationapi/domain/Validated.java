package io.integrationapi.domain;

import java.util.List;
import java.util.function.Function;

/** What came of checking a caller's words: the value they mean, or all that is wrong with them. */
public sealed interface Validated<T> {
  /** The words mean this. */
  record Valid<T>(T value) implements Validated<T> {}

  /**
   * The words mean nothing here.
   *
   * @param faults at least one, all of one status
   */
  record Invalid<T>(List<Fault> faults) implements Validated<T> {}

  static <T> Validated<T> valid(T value) {
    return new Valid<>(value);
  }

  static <T> Validated<T> invalid(FaultCode code, String message) {
    return new Invalid<>(List.of(new Fault(code, message)));
  }

  static <T> Validated<T> invalid(FaultCode code, String message, String field) {
    return new Invalid<>(List.of(new Fault(code, message, field)));
  }

  /** Goes on with the value; what is wrong stays wrong. */
  default <R> Validated<R> then(Function<? super T, Validated<R>> next) {
    return switch (this) {
      case Valid<T>(T value) -> next.apply(value);
      case Invalid<T>(List<Fault> faults) -> new Invalid<>(faults);
    };
  }

  /** Turns the value into another; what is wrong stays wrong. */
  default <R> Validated<R> map(Function<? super T, ? extends R> function) {
    return then(value -> valid(function.apply(value)));
  }
}
