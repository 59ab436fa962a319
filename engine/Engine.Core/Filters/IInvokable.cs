using System.Reflection;

namespace Orleans.Serialization.Invocation;

/// <summary>A call of a method, as filters see it.</summary>
public interface IInvokable
{
    /// <summary>The object whose method runs; null where the call is sent.</summary>
    object? GetTarget();

    /// <summary>The number of arguments, without a cancellation token.</summary>
    int GetArgumentCount();

    object? GetArgument(int index);

    /// <exception cref="InvalidCastException">It is of another type than the parameter.</exception>
    void SetArgument(int index, object? value);

    string GetMethodName();

    string GetInterfaceName();

    /// <summary>The call's name in traces.</summary>
    string GetActivityName();

    /// <summary>The method of the grain interface.</summary>
    MethodInfo GetMethod();

    Type GetInterfaceType();

    /// <summary>The method's own response timeout, if it has one.</summary>
    TimeSpan? GetDefaultResponseTimeout() => null;

    CancellationToken GetCancellationToken() => default;

    /// <summary>Whether the method takes a cancellation token.</summary>
    bool IsCancellable => false;
}
