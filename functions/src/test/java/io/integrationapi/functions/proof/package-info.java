/**
 * The proof that no interleaving breaks what the contract promises: calls of every principal run on
 * the real handlers over a simulated network ({@link
 * io.integrationapi.functions.proof.SimulatedNetwork}), what they were answered is recorded, and a
 * checker ({@link io.integrationapi.functions.proof.Linearizability}) looks for an order in which a
 * sequential model would have answered the same.
 */
@NullMarked
package io.integrationapi.functions.proof;

import org.jspecify.annotations.NullMarked;
