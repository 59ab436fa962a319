using Engine.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>What a call goes through before it reaches its activation's method.</summary>
internal interface ICallFilters
{
    ValueTask<TResult> Invoke<TResult>(GrainCall<TResult> call, object target);
}
