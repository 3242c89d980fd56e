#!/bin/sh
# Leave out of the virtual environment what a running app never reads; while the image is built, and only there.
set -eu
cd "$(python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"

# torch: C++ headers, cmake files, test programs and their libraries. What starts its shared memory is looked for when
# torch is imported, so that one program stays.
find torch/bin -type f ! -name torch_shm_manager -delete
rm -rf torch/include torch/share torch/test torch/lib/*test*.so torch/lib/*.a
# Names of inner functions, for debuggers: a fifth of its library.
find torch -name '*.so' -exec strip --strip-unneeded {} +

# Tests, and types for editors.
find . -type d -name tests -prune -exec rm -rf {} +
find . -name '*.pyi' -delete

# Plotly for notebooks, sample data, and Streamlit's demos and guides.
rm -rf plotly/labextension plotly/package_data/datasets streamlit/hello streamlit/.agents

# Streamlit's tables, maps and second chart library are imported by the elements that draw them, of which there are
# none (app.py sees to it for pandas); networkx by torch's compiler; setuptools by who builds, pip by who installs.
pip uninstall --quiet --yes altair networkx pandas pyarrow pydeck setuptools
pip uninstall --quiet --yes pip
