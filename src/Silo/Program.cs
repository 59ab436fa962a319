return await Crescent.Silo.Clustered.SiloHost.RunAsync(args);
