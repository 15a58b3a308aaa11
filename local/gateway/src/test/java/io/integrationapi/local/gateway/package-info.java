@NullMarked
package io.integrationapi.local.gateway;

import org.jspecify.annotations.NullMarked;
