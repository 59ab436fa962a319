using Microsoft.Extensions.Logging;
using Orleans.Providers.Streams.Common;

namespace Orleans.Streams;

/// <summary>An observer as a delivery sees it, whatever its item type.</summary>
internal abstract class AttachedObserver
{
    /// <param name="items">What to hand over.</param>
    /// <param name="isTimeUp">Asked between two items.</param>
    /// <param name="logger">Told about what the observer throws.</param>
    public abstract ValueTask<DeliveryOutcome> DeliverAsync(StreamItem[] items, Func<bool> isTimeUp, ILogger logger);

    public abstract Task FailAsync(Exception exception);

    protected static EventSequenceToken TokenOf(in StreamItem item) => new(item.Sequence, item.Index);
}

internal sealed class AttachedItemObserver<T>(IAsyncObserver<T> observer) : AttachedObserver
{
    public override async ValueTask<DeliveryOutcome> DeliverAsync(StreamItem[] items, Func<bool> isTimeUp, ILogger logger)
    {
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0 && isTimeUp())
                return new(i, 0);

            try
            {
                await observer.OnNextAsync((T)items[i].Value!, TokenOf(items[i]));
            }
            catch (Exception e)
            {
                StreamLog.ObserverFailed(logger, e, observer.GetType());
                return new(i, 1);
            }
        }

        return new(items.Length, 0);
    }

    public override Task FailAsync(Exception exception) => observer.OnErrorAsync(exception);
}

internal sealed class AttachedBatchObserver<T>(IAsyncBatchObserver<T> observer) : AttachedObserver
{
    public override async ValueTask<DeliveryOutcome> DeliverAsync(StreamItem[] items, Func<bool> isTimeUp, ILogger logger)
    {
        try
        {
            await observer.OnNextAsync(Array.ConvertAll(items, item => new SequentialItem<T>((T)item.Value!, TokenOf(item))));
            return new(items.Length, 0);
        }
        catch (Exception e)
        {
            StreamLog.ObserverFailed(logger, e, observer.GetType());
            return new(0, items.Length);
        }
    }

    public override Task FailAsync(Exception exception) => observer.OnErrorAsync(exception);
}

internal static partial class StreamLog
{
    [LoggerMessage(EventId = 5104, Level = LogLevel.Warning, Message = "The stream observer {Observer} failed; it gets the same again.")]
    public static partial void ObserverFailed(ILogger logger, Exception exception, Type observer);
}
