namespace Engine.CodeGeneration;

/// <summary>The unused calls of one method.</summary>
public static class GrainCallPool<TCall> where TCall : GrainCall, new()
{
    public static TCall Rent() => BatchPool<TCall>.TryTake() ?? new TCall();

    /// <summary>The caller must not use the call afterwards.</summary>
    public static void Return(TCall call) => BatchPool<TCall>.Give(call);
}
