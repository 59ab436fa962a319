return await Crescent.ApiHost.Composition.CrescentHost.RunAsync(args);
