package io.integrationapi.domain.json;

import java.util.List;
import java.util.function.Function;

/** The outcome of checking a caller's input: the value it means, or all that is wrong with it. */
public sealed interface Validated<T> {
  /** The words mean this. */
  record Valid<T>(T value) implements Validated<T> {}

  /**
   * The words mean nothing here.
   *
   * @param faults at least one, all of one status
   */
  record Invalid<T>(List<Fault> faults) implements Validated<T> {}

  /** A value that is right. */
  static <T> Validated<T> valid(T value) {
    return new Valid<>(value);
  }

  /** One fault, which is no single member's. */
  static <T> Validated<T> invalid(FaultCode code, String message) {
    return new Invalid<>(List.of(new Fault(code, message)));
  }

  /** One fault of one member. */
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
