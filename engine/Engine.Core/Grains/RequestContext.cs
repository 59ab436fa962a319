namespace Orleans.Runtime;

/// <summary>Values that flow with every call from here on. What a callee sets does not come back.</summary>
public static class RequestContext
{
    private static readonly AsyncLocal<Dictionary<string, object>?> Values = new();

    public static IEnumerable<string> Keys => Values.Value?.Keys ?? (IEnumerable<string>)[];

    public static IEnumerable<KeyValuePair<string, object>> Entries => Values.Value ?? (IEnumerable<KeyValuePair<string, object>>)[];

    /// <summary>The values as they are now; never changed, only replaced. Null for none.</summary>
    internal static Dictionary<string, object>? Snapshot
    {
        get => Values.Value;
        set => Values.Value = value;
    }

    public static object? Get(string key) => Values.Value is { } values && values.TryGetValue(key, out var value) ? value : null;

    public static void Set(string key, object value)
    {
        // A copy, so that what flowed from here earlier keeps what it had.
        Values.Value = Values.Value is { } values ? new(values) { [key] = value } : new() { [key] = value };
    }

    public static bool Remove(string key)
    {
        if (Values.Value is not { } values || !values.ContainsKey(key))
        {
            return false;
        }

        var rest = new Dictionary<string, object>(values);
        rest.Remove(key);
        Values.Value = rest.Count == 0 ? null : rest;
        return true;
    }

    public static void Clear()
    {
        if (Values.Value is not null)
        {
            Values.Value = null;
        }
    }
}
