@NullMarked
package io.integrationapi.console;

import org.jspecify.annotations.NullMarked;
