"""python -m servanda"""

from servanda.faces.cli.app import main

if __name__ == "__main__":
    main()
