package io.integrationapi.domain.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PlacesTest {
  private final Places places = new Places();

  @Test
  void place_of_an_update_that_was_served_is_taken_again() throws InterruptedException {
    leave(100, true);

    assertEquals(Places.MOST, places.free());
  }

  @Test
  void place_of_an_update_that_was_not_served_is_given_up() throws InterruptedException {
    leave(3, false);

    assertEquals(Places.MOST - 3, places.free());
  }

  @Test
  void last_places_are_kept() throws InterruptedException {
    leave(1000, false);

    assertEquals(Places.LEAST, places.free());
  }

  private void leave(int times, boolean served) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      places.take();
      places.leave(served);
    }
  }
}
