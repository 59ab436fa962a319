using System.Diagnostics;

namespace Orleans.Diagnostics;

/// <summary>The names of the activity sources.</summary>
public static class ActivitySources
{
    public const string ApplicationGrainActivitySourceName = "Microsoft.Orleans.Application";
    public const string RuntimeActivitySourceName = "Microsoft.Orleans.Runtime";
    public const string LifecycleActivitySourceName = "Microsoft.Orleans.Lifecycle";
    public const string StorageActivitySourceName = "Microsoft.Orleans.Storage";
    public const string AllActivitySourceName = "Microsoft.Orleans.*";

    internal static ActivitySource Application { get; } = new(ApplicationGrainActivitySourceName, "1.0.0");

    internal static ActivitySource Runtime { get; } = new(RuntimeActivitySourceName, "1.0.0");
}
