namespace Orleans.Runtime;

/// <content>Cancellations reach the grain as turns.</content>
internal sealed partial class Activation
{
    public void Cancel(CancellationTokenSource cancellation) => _scheduler.QueueAction(
        static state =>
        {
            var (activation, source) = ((Activation, CancellationTokenSource))state;
            try
            {
                source.Cancel();
            }
            catch (Exception exception)
            {
                activation.Catalog.LogCancellationFailed(exception, activation.GrainId);
            }
        },
        (this, cancellation));
}
