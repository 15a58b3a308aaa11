/** What the build needs and no plugin does. */
@NullMarked
package io.integrationapi.build;

import org.jspecify.annotations.NullMarked;
