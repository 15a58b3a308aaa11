@NullMarked
package io.integrationapi.local.stack;

import org.jspecify.annotations.NullMarked;
