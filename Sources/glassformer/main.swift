print("glassformer")
