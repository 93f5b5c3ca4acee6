@echo off
rem Installs depot as a service of this machine.
setlocal
set TARGET=C:\depot
if not exist %TARGET% mkdir %TARGET%
copy depot.exe %TARGET%
if errorlevel 1 goto failed
sc.exe create depot binPath= "%TARGET%\depot.exe serve -config %TARGET%\conf"
exit /b 0
:failed
echo depot.exe could not be copied
exit /b 1
