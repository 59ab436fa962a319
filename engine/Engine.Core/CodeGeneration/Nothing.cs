using System.Runtime.CompilerServices;

namespace Engine.CodeGeneration;

/// <summary>The result of a method that has none.</summary>
public readonly struct Nothing : IEquatable<Nothing>
{
    public static ValueTask<Nothing> From(Task task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return task.IsCompletedSuccessfully ? default : Await(task);
    }

    /// <remarks>A task with a pooled source is awaited even if it has completed: that gives the source back.</remarks>
    public static ValueTask<Nothing> From(ValueTask task) => task == default ? default : Await(task);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<Nothing> Await(Task task)
    {
        await task;
        return default;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<Nothing> Await(ValueTask task)
    {
        await task;
        return default;
    }

    public bool Equals(Nothing other) => true;
    public override bool Equals(object? obj) => obj is Nothing;
    public override int GetHashCode() => 0;
    public static bool operator ==(Nothing left, Nothing right) => true;
    public static bool operator !=(Nothing left, Nothing right) => false;
}
