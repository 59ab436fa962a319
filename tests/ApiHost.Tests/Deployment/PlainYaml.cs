using System.Text.Json.Nodes;

namespace Crescent.ApiHost.Tests.Deployment;

/// <summary>
/// As much of YAML as docker-compose.yml uses: mappings, lists of scalars, anchors, aliases and merge keys, comments.
/// Anything else is an error, so that nothing is misread.
/// </summary>
internal sealed class PlainYaml
{
    readonly List<(int Indent, string Text)> _lines;
    readonly Dictionary<string, JsonNode> _anchors = [];
    int _next;

    PlainYaml(IEnumerable<string> lines) =>
        _lines = [.. lines.Where(line => line.Trim() is { Length: > 0 } text && text[0] != '#').Select(line => (line.Length - line.TrimStart().Length, line.Trim()))];

    public static JsonObject Parse(string text)
    {
        var yaml = new PlainYaml(text.Split('\n'));
        var root = yaml.Block(0).AsObject();
        return yaml._next == yaml._lines.Count ? root : throw new FormatException($"Not understood: {yaml._lines[yaml._next].Text}");
    }

    JsonNode Block(int indent) => _lines[_next].Text.StartsWith("- ", StringComparison.Ordinal) ? List(indent) : Mapping(indent);

    JsonArray List(int indent)
    {
        var list = new JsonArray();
        for (; IsAt(indent) && _lines[_next].Text.StartsWith("- ", StringComparison.Ordinal); _next++)
            list.Add(Scalar(_lines[_next].Text[2..]));
        return list;
    }

    JsonObject Mapping(int indent)
    {
        var mapping = new JsonObject();
        var merged = new List<JsonObject>();
        while (IsAt(indent))
        {
            var text = _lines[_next++].Text;
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            var (key, rest) = colon > 0 ? (text[..colon], text[(colon + 1)..].Trim()) : throw new FormatException($"No mapping: {text}");
            var value = Value(rest, indent);
            if (key == "<<") merged.Add(value.AsObject());
            else if (!mapping.TryAdd(key, value)) throw new FormatException($"Twice: {key}");
        }

        foreach (var (key, value) in merged.SelectMany(other => other))
            if (!mapping.ContainsKey(key)) mapping[key] = value!.DeepClone();
        return mapping;
    }

    JsonNode Value(string text, int indent)
    {
        if (text.StartsWith('*')) return _anchors[text[1..]].DeepClone();
        var anchor = text.StartsWith('&') ? text[1..] : null;
        if (anchor is null && text.Length > 0) return text == "{}" ? new JsonObject() : Scalar(text);
        var isNested = _next < _lines.Count && _lines[_next].Indent > indent;
        JsonNode value = isNested ? Block(_lines[_next].Indent) : new JsonObject();
        if (anchor is not null) _anchors[anchor] = value.DeepClone();
        return value;
    }

    bool IsAt(int indent) => _next < _lines.Count && (_lines[_next].Indent == indent
        || (_lines[_next].Indent < indent ? false : throw new FormatException($"Indented too far: {_lines[_next].Text}")));

    static JsonValue Scalar(string text) => text[0] switch
    {
        '\'' or '"' when text.Length > 1 && text[^1] == text[0] => JsonValue.Create(text[1..^1]),
        '\'' or '"' or '[' or '{' or '|' or '>' => throw new FormatException($"Not understood: {text}"),
        _ => JsonValue.Create(text),
    };
}
