using Engine.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>Isolates the request context that a call carries from its caller's.</summary>
internal static class RequestContextValues
{
    /// <summary>The values for a call: shared, since the dictionary is never changed, unless one of them could be.</summary>
    public static Dictionary<string, object>? Isolate(Dictionary<string, object>? values, CodecProvider codecs)
    {
        if (values is null || values.Values.All(IsImmutable))
        {
            return values;
        }

        return values.ToDictionary(entry => entry.Key, entry => IsImmutable(entry.Value) ? entry.Value : codecs.Copy(entry.Value));
    }

    private static bool IsImmutable(object value) => value is string or Guid or DateTimeOffset or TimeSpan or decimal || value.GetType().IsPrimitive;
}
