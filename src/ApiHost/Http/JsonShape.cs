using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Crescent.ApiHost.Http;

/// <summary>
/// Holds a JSON document against the contract of a type and reports every difference by its path: unknown and
/// missing members, wrong kinds, and the bounds the members declare (which are also those of the OpenAPI document).
/// </summary>
internal static class JsonShape
{
    /// <summary>A decimal keeps 28 digits; a longer number would be rounded without a word.</summary>
    const int MaxNumberLength = 29;

    public static void Check(JsonElement element, JsonTypeInfo type, FieldErrors errors) => Check(element, type, "", errors);

    static void Check(JsonElement element, JsonTypeInfo type, string path, FieldErrors errors)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object:
                CheckObject(element, type, path, errors);
                break;
            case JsonTypeInfoKind.Enumerable:
                CheckArray(element, type, path, errors);
                break;
            default:
                if (KindFault(element, Nullable.GetUnderlyingType(type.Type) ?? type.Type) is { } fault)
                    errors.Add(Name(path), fault);
                break;
        }
    }

    static void CheckObject(JsonElement element, JsonTypeInfo type, string path, FieldErrors errors)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            errors.Add(Name(path), "must be an object");
            return;
        }

        foreach (var member in element.EnumerateObject())
        {
            if (!type.Properties.Any(p => p.Name == member.Name))
                errors.Add(Join(path, member.Name), "is not known here");
        }

        foreach (var property in type.Properties)
        {
            var memberPath = Join(path, property.Name);
            if (!element.TryGetProperty(property.Name, out var member))
            {
                if (property.IsRequired)
                    errors.Add(memberPath, "is required");
            }
            else if (member.ValueKind == JsonValueKind.Null)
            {
                if (!property.IsSetNullable)
                    errors.Add(memberPath, "must not be null");
            }
            else
            {
                CheckMember(member, property, type.Options.GetTypeInfo(property.PropertyType), memberPath, errors);
            }
        }
    }

    static void CheckMember(JsonElement member, JsonPropertyInfo property, JsonTypeInfo type, string path, FieldErrors errors)
    {
        Check(member, type, path, errors);
        if (ValueOf(member) is not { } value)
            return;

        foreach (var bound in Bounds(property))
        {
            if (!bound.IsValid(value))
                errors.Add(path, Words(bound));
        }
    }

    static void CheckArray(JsonElement element, JsonTypeInfo type, string path, FieldErrors errors)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            errors.Add(Name(path), "must be an array");
            return;
        }

        var items = type.Options.GetTypeInfo(type.ElementType!);
        var index = 0;
        foreach (var item in element.EnumerateArray())
            Check(item, items, $"{path}[{index++}]", errors);
    }

    static string? KindFault(JsonElement element, Type type) => type switch
    {
        _ when type == typeof(string) => element.ValueKind == JsonValueKind.String ? null : "must be a string",
        _ when type == typeof(int) => element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out _) ? null : "must be a whole number",
        _ when type == typeof(bool) => element.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "must be true or false",
        _ when type == typeof(decimal) => element.ValueKind == JsonValueKind.Number && element.GetRawText().Length <= MaxNumberLength && element.TryGetDecimal(out _)
            ? null
            : "must be a decimal number of at most 28 digits",
        _ => throw new NotSupportedException($"A request body has no members of type {type.Name}."),
    };

    /// <summary>The value as the bounds' attributes expect it; null where only the kind matters.</summary>
    static object? ValueOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number when element.TryGetInt32(out var whole) => whole,
        JsonValueKind.Number when element.TryGetDecimal(out var number) => number,
        JsonValueKind.Array => new object[element.GetArrayLength()],
        _ => null,
    };

    static string Words(ValidationAttribute bound) => bound switch
    {
        { ErrorMessage: { } own } => own,
        StringLengthAttribute length => $"must have {length.MinimumLength} to {length.MaximumLength} characters",
        _ => throw new NotSupportedException($"A {bound.GetType().Name} on a request body needs words of its own."),
    };

    static IEnumerable<ValidationAttribute> Bounds(JsonPropertyInfo property) =>
        (property.AttributeProvider as MemberInfo)?.GetCustomAttributes<ValidationAttribute>() ?? [];

    static string Join(string path, string member) => path.Length == 0 ? member : $"{path}.{member}";

    static string Name(string path) => path.Length == 0 ? "body" : path;
}
