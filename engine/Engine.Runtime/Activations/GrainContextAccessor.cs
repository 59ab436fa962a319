namespace Orleans.Runtime;

internal sealed class GrainContextAccessor : IGrainContextAccessor
{
    // Declared as never null, as Orleans does; outside of grains it is.
    public IGrainContext GrainContext => RuntimeContext.Current!;
}
