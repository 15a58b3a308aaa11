package io.integrationapi.domain.json;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;

/** A string that is at hand as bytes, in the place of its node; it can only be written. */
@SuppressWarnings("ArrayRecordComponent")
record Utf8String(byte[] utf8) implements JacksonSerializable {
  @Override
  public void serialize(JsonGenerator generator, SerializationContext context) {
    generator.writeUTF8String(utf8, 0, utf8.length);
  }

  @Override
  public void serializeWithType(
      JsonGenerator generator, SerializationContext context, TypeSerializer type) {
    serialize(generator, context);
  }
}
