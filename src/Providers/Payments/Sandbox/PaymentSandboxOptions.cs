using Crescent.Providers.Sandbox;

namespace Crescent.Providers.Payments.Sandbox;

/// <summary>The payment sandbox. Bound from <c>Crescent:Providers:PaymentSandbox</c>.</summary>
public sealed class PaymentSandboxOptions
{
    public const string Section = "Crescent:Providers:PaymentSandbox";

    /// <summary>The file of the sandbox's own ledger.</summary>
    public string LedgerPath { get; set; } = "data/payments.db";

    /// <summary>How long <c>tok_slow</c> takes.</summary>
    public TimeSpan SlowAnswer { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long after the answer <c>tok_late_capture</c> takes the money.</summary>
    public TimeSpan LateCapture { get; set; } = TimeSpan.FromSeconds(3);

    public SandboxQueueOptions Queue { get; set; } = new();

    internal IEnumerable<string> Errors()
    {
        if (string.IsNullOrWhiteSpace(LedgerPath))
            yield return $"{Section}:LedgerPath is empty; it must name the file of the ledger.";
        if (SlowAnswer < TimeSpan.Zero || SlowAnswer > TimeSpan.FromMinutes(1))
            yield return $"{Section}:SlowAnswer is {SlowAnswer}; it must be between 0 and 1 minute.";
        if (LateCapture < TimeSpan.Zero || LateCapture > TimeSpan.FromMinutes(10))
            yield return $"{Section}:LateCapture is {LateCapture}; it must be between 0 and 10 minutes.";
        foreach (var error in Queue.Errors(Section))
            yield return error;
    }
}
