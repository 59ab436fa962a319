using Crescent.ProviderSandbox;

return await SandboxHost.RunAsync(args);
