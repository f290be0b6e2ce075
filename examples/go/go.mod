module example.com/contoso

go 1.19
