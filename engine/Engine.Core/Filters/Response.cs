using System.Runtime.ExceptionServices;

namespace Orleans.Serialization.Invocation;

/// <summary>How a call ended.</summary>
public abstract class Response
{
    /// <summary>The response of a method without a result.</summary>
    public static Response Completed { get; } = new SuccessResponse<object?>(null);

    /// <summary>Null in a response to be read that has none.</summary>
    public abstract object? Result { get; set; }

    /// <summary>Null if the call succeeded.</summary>
    public abstract Exception? Exception { get; set; }

    public static Response FromException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new ExceptionResponse(exception);
    }

    public static Response FromResult<TResult>(TResult value) => new SuccessResponse<TResult>(value);

    /// <exception cref="Exception">What the call threw.</exception>
    public abstract T GetResult<T>();

    public override string ToString() => Exception is { } exception ? $"{exception.GetType()}: {exception.Message}" : Result?.ToString() ?? "null";
}

internal sealed class SuccessResponse<TResult>(TResult result) : Response
{
    private TResult _result = result;

    public override object? Result
    {
        get => _result;
        set => _result = (TResult)value!;
    }

    public override Exception? Exception
    {
        get => null;
        set => throw new InvalidOperationException($"The response is a result: assign {nameof(Response)}.{nameof(FromException)}(...) to the context instead.");
    }

    public override T GetResult<T>() => _result is T result ? result : (T)(object?)_result!;
}

internal sealed class ExceptionResponse(Exception exception) : Response
{
    public override object? Result
    {
        get
        {
            ExceptionDispatchInfo.Throw(exception);
            return null;
        }
        set => throw new InvalidOperationException($"The response is an exception: assign {nameof(Response)}.{nameof(FromResult)}(...) to the context instead.");
    }

    public override Exception? Exception
    {
        get => exception;
        set => exception = value ?? throw new ArgumentNullException(nameof(value));
    }

    public override T GetResult<T>()
    {
        ExceptionDispatchInfo.Throw(exception);
        return default!;
    }
}
