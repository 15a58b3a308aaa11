/**
 * What the ports of the domain promise, held against whichever store the tests run on ({@link
 * io.integrationapi.testing.EveryStore}): the tests know the ports and nothing behind them.
 */
@NullMarked
package io.integrationapi.contract;

import org.jspecify.annotations.NullMarked;
