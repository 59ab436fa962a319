namespace Orleans.Runtime;

/// <summary>The activations of this silo, as far as hand-over deals with them.</summary>
internal interface ILocalActivations
{
    /// <summary>Deactivates those whose grains the view gives to other silos, and completes when they are gone. It never fails.</summary>
    Task LetGoAsync(ClusterView view);

    /// <summary>Deactivates those that may have loaded what another silo changed afterwards; the next call activates them again.</summary>
    void Renew(Func<GrainId, bool> which);
}

/// <inheritdoc cref="ILocalActivations"/>
internal sealed class CatalogActivations(Func<Catalog> catalog) : ILocalActivations
{
    public async Task LetGoAsync(ClusterView view)
    {
        // There may be very many, and whoever shows a view must go on.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var silo = catalog().SiloAddress;
        var reason = view.Active.Contains(silo)
            ? new DeactivationReason(DeactivationReasonCode.RuntimeRequested, "Its grain belongs to another silo now")
            : new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The silo is shutting down");
        var ending = new List<Task>();
        foreach (var activation in catalog().Activations)
        {
            if (!silo.Equals(view.OwnerOf(activation.GrainId)))
            {
                activation.Deactivate(reason);
                ending.Add(activation.Deactivated);
            }
        }

        await Task.WhenAll(ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Renew(Func<GrainId, bool> which) => ThreadPool.UnsafeQueueUserWorkItem(_ =>
    {
        var reason = new DeactivationReason(DeactivationReasonCode.DuplicateActivation, "It was activated while another silo may still have had the grain");
        foreach (var activation in catalog().Activations)
        {
            if (which(activation.GrainId))
            {
                activation.Deactivate(reason);
            }
        }
    }, null);
}
