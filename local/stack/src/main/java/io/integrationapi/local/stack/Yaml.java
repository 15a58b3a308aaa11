package io.integrationapi.local.stack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads YAML into {@link Value}s. A short tag becomes the long form of the same function ({@code
 * !Sub x} is <code>{"Fn::Sub": x}</code>), so that whoever resolves it knows one form.
 */
final class Yaml {

  private final String file;

  private Yaml(String file) {
    this.file = file;
  }

  /**
   * Reads one document.
   *
   * @param file its name, for messages
   * @throws TemplateException if it is no YAML, or says a name twice in one mapping
   */
  static Value read(String text, String file) {
    try {
      Node root =
          new Compose(LoadSettings.builder().setLabel(file).build())
              .composeString(text)
              .orElseThrow(() -> new TemplateException(file, "is empty"));
      return new Yaml(file).value(root, "");
    } catch (MarkedYamlEngineException e) {
      String place = e.getProblemMark().map(mark -> file + ":" + (mark.getLine() + 1)).orElse(file);
      throw new TemplateException(place, e.getProblem());
    } catch (YamlEngineException e) {
      throw new TemplateException(file, "is no YAML: " + e.getMessage());
    }
  }

  private Value value(Node node, String path) {
    String tag = node.getTag().getValue();
    Value plain = untagged(node, path);
    if (!tag.startsWith("!") || tag.length() == 1) {
      return plain;
    }

    String name = tag.substring(1);
    String function = name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name;
    return new Value.Fields(plain.at(), Map.of(function, plain));
  }

  private Value untagged(Node node, String path) {
    String at = at(node, path);
    return switch (node) {
      case MappingNode mapping -> new Value.Fields(at, fields(mapping, path));
      case SequenceNode sequence -> new Value.Items(at, items(sequence, path));
      case ScalarNode scalar -> new Value.Text(at, scalar.getValue());
      default -> throw new TemplateException(at, "is neither a mapping, a list nor a plain value");
    };
  }

  private Map<String, Value> fields(MappingNode mapping, String path) {
    var fields = new LinkedHashMap<String, Value>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new TemplateException(
            at(tuple.getKeyNode(), path), "has a name that is no plain value");
      }

      String name = key.getValue();
      String inner = path.isEmpty() ? name : path + "." + name;
      if (fields.put(name, value(tuple.getValueNode(), inner)) != null) {
        throw new TemplateException(at(key, inner), "is there twice");
      }
    }
    return fields;
  }

  private List<Value> items(SequenceNode sequence, String path) {
    var items = new ArrayList<Value>();
    for (Node node : sequence.getValue()) {
      items.add(value(node, path + "[" + items.size() + "]"));
    }
    return items;
  }

  private String at(Node node, String path) {
    String line =
        node.getStartMark().map(Mark::getLine).map(number -> ":" + (number + 1)).orElse("");
    return file + line + (path.isEmpty() ? "" : " " + path);
  }
}
