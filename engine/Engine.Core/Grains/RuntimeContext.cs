using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Runtime;

/// <summary>The activation whose turn this thread is running.</summary>
internal static class RuntimeContext
{
    // Turns never leave their thread between two awaits, so a thread-static needs no flow.
    [ThreadStatic]
    private static IGrainContext? _current;

    public static IGrainContext? Current
    {
        get => _current;
        set => _current = value;
    }

    public static IGrainRuntime RuntimeOf(IGrainContext context) => context.ActivationServices.GetRequiredService<IGrainRuntime>();
}
