# The catalogue, and how what was sold is worked on.

nav-products = Products
products-lead = What is sold, and the way of working that a new engagement with it follows.
products-name = Product
products-series = Series
products-price = Price
products-template = Way of working
products-template-for = Way of working for { $name }
products-template-default = The usual one
products-empty = No products yet. They come with a file.
products-import = Import a file
products-saved = New engagements with { $name } follow it from now on
products-only-lead = Only a lead can change this.
