using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <summary>What runs around the activation hooks of one grain.</summary>
internal sealed class GrainLifecycle(ILogger logger) : LifecycleSubject(logger), IGrainLifecycle;
