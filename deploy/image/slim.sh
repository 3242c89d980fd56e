#!/bin/sh
# Remove the files that a running app never reads from the virtual environment. Run only while the image is built.
set -eu
cd "$(python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"

# torch: C++ headers, cmake files, test programs and their libraries. The import of torch fails without the program that
# manages shared memory, so this program stays.
find torch/bin -type f ! -name torch_shm_manager -delete
rm -rf torch/include torch/share torch/test torch/lib/*test*.so torch/lib/*.a
# Symbols for debuggers: a fifth of the size of its libraries.
find torch -name '*.so' -exec strip --strip-unneeded {} +

# Tests, and types for editors.
find . -type d -name tests -prune -exec rm -rf {} +
find . -name '*.pyi' -delete

# Plotly for notebooks, sample data, and Streamlit's demos and guides.
rm -rf plotly/labextension plotly/package_data/datasets streamlit/hello streamlit/.agents

# Streamlit imports its packages for tables, maps and other charts only for elements that we do not use (app.py blocks
# pandas); torch imports networkx only for its compiler; setuptools and pip are only needed to build and install.
pip uninstall --quiet --yes altair networkx pandas pyarrow pydeck setuptools
pip uninstall --quiet --yes pip
